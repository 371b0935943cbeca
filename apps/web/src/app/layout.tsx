import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './globals.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';

export const metadata: Metadata = {
  title: 'Regraft',
  description: 'The versions in the model store.',
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header className="bar">
          <strong>Regraft</strong>
          <nav aria-label="Pages">
            <a href="/" aria-current="page">
              Versions
            </a>
          </nav>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

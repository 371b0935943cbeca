import { createContext, useContext } from 'react';
import type { WizardServices } from './services.js';

export const ServicesContext = createContext<WizardServices | null>(null);

/** What a screen does its work by. */
export const useServices = (): WizardServices => {
  const services = useContext(ServicesContext);
  if (services === null) throw new TypeError('A screen needs the wizard around it.');
  return services;
};

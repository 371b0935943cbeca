import { RegraftError } from '@regraft/errors';

/** Sha256 of bytes in hex. */
export const sha256 = async (bytes: Uint8Array): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Throws `checksum-mismatch` unless a sha256 starts with the expected digits; `what` names the bytes. */
export const requireChecksum = (received: string, expected: string, what: string): void => {
  if (received.startsWith(expected)) return;
  throw new RegraftError({
    code: 'checksum-mismatch',
    message: `The sha256 of ${what} must be ${expected}. Received: ${received}`,
    hint: 'The file is damaged or has been changed. Delete it and get it again.',
    details: { expected, received },
  });
};

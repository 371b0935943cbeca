/** A zip of 300 bytes whose zip64 directory claims four billion entries. */
export const boastfulZip = (): Uint8Array => {
  const bytes = new Uint8Array(302);
  const view = new DataView(bytes.buffer);
  const [directory, locator, end] = [204, 260, 280];
  view.setUint32(0, 0x04034b50, true);
  view.setUint32(directory, 0x06064b50, true);
  view.setUint32(directory + 32, 0xffffffff, true);
  view.setUint32(locator, 0x07064b50, true);
  view.setUint32(locator + 8, directory, true);
  view.setUint32(end, 0x06054b50, true);
  view.setUint16(end + 8, 0xffff, true);
  view.setUint32(end + 16, 0xffffffff, true);
  return bytes;
};

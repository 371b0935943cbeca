/** What a store without versions shows: the next step, as a command to copy. */
export const EmptyStore = () => (
  <section className="note">
    <h1>No versions yet</h1>
    <p>A version is a trained model with its labels, its figures and its parent. Train the first one:</p>
    <pre className="command">npx regraft fit photos/</pre>
    <p className="muted">
      <code>photos/</code> holds a folder of images for each label. Without images at hand,{' '}
      <code>npx regraft demo</code> makes a few versions from drawings.
    </p>
  </section>
);

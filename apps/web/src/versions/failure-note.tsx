/** A failure that a user can act on: what was wrong, then what to do. */
export const FailureNote = ({ message, hint }: { message: string; hint: string | undefined }) => (
  <section className="note" role="alert">
    <h1>The store can't be read</h1>
    <p className="failure">{message}</p>
    {hint !== undefined && <p>{hint}</p>}
  </section>
);

/** One line of a diagnosis. */
export interface Finding {
  readonly subject: string;
  readonly state: 'good' | 'attention' | 'bad';
  readonly what: string;
  /** What to do, where something can be done. */
  readonly advice?: string;
}

/** How strongly training images are varied. */
export interface Augment {
  /** Mirrors every other view. */
  readonly flip: boolean;
  /** The largest share of an image's area that a view may cut away, from 0 to 0.9. */
  readonly crop: number;
  /** From 0 to 1, which changes brightness, contrast and saturation by up to 40 % and turns hues by up to 18 degrees. */
  readonly colour: number;
}

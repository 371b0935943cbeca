import { z } from 'zod';

/** How strongly training images are varied. */
export const augmentSchema = z.object({
  /** Mirrors every other view. */
  flip: z.boolean(),
  /** The largest share of an image's area that a view may cut away; 0 for none. */
  crop: z.number().min(0).max(0.9),
  /** 0 for none; 1 changes brightness, contrast and saturation by up to 40 % and turns hues by up to 18 degrees. */
  colour: z.number().min(0).max(1),
});

export type Augment = Readonly<z.infer<typeof augmentSchema>>;

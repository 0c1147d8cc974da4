const CHOICES = [4, 3, 5] as const;

/**
 * How many columns a wide screen gives so many pieces: four, unless the last row would hold a
 * single one and three or five avoid it.
 */
export const columnsFor = (count: number): (typeof CHOICES)[number] =>
  CHOICES.find((columns) => count <= columns || count % columns !== 1) ?? 4;

export const COLOURS = [
  "grey",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "purple",
  "pink",
] as const;

/** As the API names the colours that people choose from. */
export type Colour = (typeof COLOURS)[number];

/** Of a dot. Never alone: a name stands beside it. */
export const dotColour: Record<Colour, string> = {
  grey: "bg-[oklch(0.65_0.01_260)]",
  red: "bg-[oklch(0.62_0.2_25)]",
  orange: "bg-[oklch(0.7_0.17_50)]",
  yellow: "bg-[oklch(0.8_0.16_90)]",
  green: "bg-[oklch(0.65_0.16_150)]",
  teal: "bg-[oklch(0.68_0.11_195)]",
  blue: "bg-[oklch(0.62_0.17_255)]",
  purple: "bg-[oklch(0.6_0.19_300)]",
  pink: "bg-[oklch(0.68_0.18_350)]",
};

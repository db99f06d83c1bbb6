export const icons: readonly { file: string; size: number; isWhole: boolean }[];

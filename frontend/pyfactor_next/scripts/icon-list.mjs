/** The pictures of the installed app. isWhole: the system cuts its own shape out of it. */
export const icons = [
  { file: "icon-192.png", size: 192, isWhole: false },
  { file: "icon-512.png", size: 512, isWhole: false },
  { file: "icon-maskable-192.png", size: 192, isWhole: true },
  { file: "icon-maskable-512.png", size: 512, isWhole: true },
  { file: "icon-apple-180.png", size: 180, isWhole: true },
];

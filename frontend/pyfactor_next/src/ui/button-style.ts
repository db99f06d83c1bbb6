import { cva } from "class-variance-authority";

/** What a button looks like; usable from server components, for links too. */
export const buttonStyle = cva(
  "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 data-disabled:opacity-50 data-disabled:pointer-events-none [&_svg]:shrink-0 [&_svg]:size-4",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-xs hover:bg-accent-hover",
        secondary: "bg-raised text-ink shadow-xs ring-1 ring-inset ring-field hover:bg-hover",
        ghost:
          "text-muted hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink",
        danger: "bg-danger text-on-accent shadow-xs hover:bg-danger-hover",
        "danger-ghost": "text-danger-ink hover:bg-danger-soft",
        link: "h-auto! px-0! text-accent-ink underline-offset-4 hover:underline",
      },
      size: {
        sm: "h-7 px-2.5 text-xs",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
        "icon-sm": "size-7 text-xs",
        icon: "size-8 text-sm",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

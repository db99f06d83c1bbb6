import type { VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps } from "react";
import { buttonStyle } from "./button-style";
import { cn } from "./cn";

type LinkButtonProps = ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>;

/** Looks like a button, is a link: for going somewhere. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...rest} />;
}

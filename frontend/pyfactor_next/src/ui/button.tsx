"use client";

import { Button as Base } from "@base-ui/react/button";
import type { VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { buttonStyle } from "./button-style";
import { cn } from "./cn";

export interface ButtonProps
  extends Omit<ComponentProps<typeof Base>, "className">,
    VariantProps<typeof buttonStyle> {
  className?: string;
  /** Shows a spinner in place of the label, keeps the width and refuses further clicks. */
  busy?: boolean;
  children?: ReactNode;
}

/** A button; `type` is "button" unless said otherwise, so it never submits by accident. */
export function Button({
  variant,
  size,
  className,
  busy = false,
  disabled,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <Base
      type={type}
      disabled={disabled || busy}
      // A busy button keeps the focus: it comes back in a moment.
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ variant, size }), className)}
      {...rest}
    >
      {busy ? (
        <>
          {/* Not `invisible`: the button would have no name meanwhile. */}
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
          <LoaderCircle aria-hidden className="absolute animate-spin" />
        </>
      ) : (
        children
      )}
    </Base>
  );
}

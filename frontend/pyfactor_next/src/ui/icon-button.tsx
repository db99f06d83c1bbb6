"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { Tooltip } from "./tooltip";

interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label"> {
  /** Says what it does; shown as tooltip and read out. */
  label: string;
  /** Keys that do the same, e.g. "mod+k". */
  keys?: string;
  children: ReactNode;
}

/** A button that is only an icon; it always has a name and shows it. */
export function IconButton({
  label,
  keys,
  variant = "ghost",
  size = "icon",
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <Button aria-label={label} variant={variant} size={size} {...rest} />
    </Tooltip>
  );
}

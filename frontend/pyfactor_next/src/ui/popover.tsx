"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn";

interface PopoverProps {
  trigger: ReactElement;
  /** Read out as its name. */
  label: string;
  open?: boolean;
  isOpenAtFirst?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

export function Popover({
  trigger,
  label,
  open,
  isOpenAtFirst = false,
  onOpenChange,
  align = "start",
  className,
  children,
}: PopoverProps) {
  return (
    <Base.Root
      defaultOpen={isOpenAtFirst}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      <Base.Trigger render={trigger} />
      <Base.Portal>
        {/* As high as a dialog: of the two, whichever opened the other lies below it. */}
        <Base.Positioner align={align} sideOffset={4} className="z-50">
          <Base.Popup
            aria-label={label}
            className={cn(
              "origin-(--transform-origin) rounded-lg bg-raised p-3 text-sm text-ink shadow-popup outline-none transition-[opacity,scale] duration-100 data-starting-style:scale-97 data-starting-style:opacity-0 data-ending-style:opacity-0",
              className,
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

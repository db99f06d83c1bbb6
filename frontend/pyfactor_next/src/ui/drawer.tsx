"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { buttonStyle } from "./button-style";
import { cn } from "./cn";

interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Edge it comes from; "bottom" is for phones. */
  side?: "left" | "right" | "bottom";
  children: ReactNode;
}

const sides = {
  left: "inset-y-0 left-0 w-80 max-w-[85vw] data-starting-style:-translate-x-full data-ending-style:-translate-x-full",
  right:
    "inset-y-0 right-0 w-[30rem] max-w-full data-starting-style:translate-x-full data-ending-style:translate-x-full",
  bottom:
    "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl pb-[env(safe-area-inset-bottom)] data-starting-style:translate-y-full data-ending-style:translate-y-full",
};

/** A modal sheet from an edge. For a panel beside a list that stays usable, see SidePanel. */
export function Drawer({ open, onOpenChange, title, side = "right", children }: DrawerProps) {
  const t = useTranslations("ui.dialog");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity duration-200 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Base.Popup
          className={cn(
            "fixed z-50 flex flex-col bg-raised text-ink shadow-dialog outline-none transition-transform duration-200 ease-out",
            sides[side],
          )}
        >
          <div className="flex items-center justify-between gap-2 px-4 pt-3 pb-2">
            <Base.Title className="text-base font-semibold">{title}</Base.Title>
            <Base.Close
              aria-label={t("close")}
              className={buttonStyle({ variant: "ghost", size: "icon-sm" })}
            >
              <X aria-hidden />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

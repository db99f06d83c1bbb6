"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { buttonStyle } from "./button-style";
import { cn } from "./cn";

const backdrop =
  "fixed inset-0 z-50 bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0";

interface DialogProps {
  open: boolean;
  /** reason: what closed it, such as "outside-press". */
  onOpenChange: (open: boolean, details: { reason: string }) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Tailwind width class; the dialog fills a phone. */
  width?: string;
  /** Buttons at the bottom, main action last. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A modal dialog. Put a form around `children` and submit it from the footer by `form="id"`. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, width = "sm:max-w-lg", footer, children } = props;
  const t = useTranslations("ui.dialog");
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdrop} />
        <Base.Viewport className="fixed inset-0 z-50 flex items-end justify-center sm:items-center sm:p-6">
          <Base.Popup
            className={cn(
              "flex max-h-[92dvh] w-full flex-col overflow-hidden rounded-t-xl bg-raised text-ink shadow-dialog outline-none transition-[opacity,translate,scale] duration-150 data-starting-style:translate-y-4 data-starting-style:opacity-0 data-ending-style:opacity-0 sm:rounded-xl sm:data-starting-style:translate-y-0 sm:data-starting-style:scale-98",
              width,
            )}
          >
            <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
              <div className="min-w-0">
                <Base.Title className="text-lg font-semibold">{title}</Base.Title>
                {description ? (
                  <Base.Description className="mt-0.5 text-sm text-muted">
                    {description}
                  </Base.Description>
                ) : null}
              </div>
              <Base.Close
                aria-label={t("close")}
                className={cn(buttonStyle({ variant: "ghost", size: "icon-sm" }), "-me-1.5")}
              >
                <X aria-hidden />
              </Base.Close>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
            {footer ? (
              <div className="flex flex-wrap items-center justify-end gap-2 border-t bg-surface px-5 py-3">
                {footer}
              </div>
            ) : null}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

"use client";

import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";

interface AlertDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  /** The action's own verb ("Delete 3 customers"), never "OK". */
  confirmLabel: string;
  onConfirm: () => void;
  danger?: boolean;
  busy?: boolean;
  /** More to fill in, e.g. a name to type. */
  children?: ReactNode;
  confirmDisabled?: boolean;
}

/** Asks before what cannot be undone. What can be undone shows a toast with Undo instead. */
export function AlertDialog(props: AlertDialogProps) {
  const t = useTranslations("ui.dialog");
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-50 flex items-center justify-center p-4">
          <Base.Popup className="w-full max-w-md rounded-xl bg-raised p-5 text-ink shadow-dialog outline-none transition-[opacity,scale] duration-150 data-starting-style:scale-98 data-starting-style:opacity-0 data-ending-style:opacity-0">
            <Base.Title className="text-lg font-semibold">{props.title}</Base.Title>
            <Base.Description className="mt-1 text-sm text-muted">
              {props.description}
            </Base.Description>
            {props.children ? <div className="mt-4">{props.children}</div> : null}
            <div className="mt-5 flex flex-wrap justify-end gap-2">
              <Base.Close render={<Button />}>{t("cancel")}</Base.Close>
              <Button
                variant={props.danger ? "danger" : "primary"}
                onClick={props.onConfirm}
                busy={props.busy ?? false}
                disabled={props.confirmDisabled ?? false}
              >
                {props.confirmLabel}
              </Button>
            </div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

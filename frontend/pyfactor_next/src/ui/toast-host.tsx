"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { buttonStyle } from "./button-style";
import { cn } from "./cn";
import { connectToasts } from "./toast";

const VISIBLE_MS = 6_000;

interface ToastData {
  reference?: string | undefined;
  sum?: string | undefined;
}

/** Shows toasts at the bottom left. Once, in the root of the app. */
export function ToastHost() {
  return (
    <Base.Provider timeout={VISIBLE_MS} limit={3}>
      <Connection />
      <Base.Portal>
        <Base.Viewport
          data-toasts=""
          className="fixed bottom-[calc(4.5rem+env(safe-area-inset-bottom))] inset-s-4 z-70 flex w-[calc(100vw-2rem)] flex-col-reverse gap-2 outline-none sm:w-88 md:bottom-4"
        >
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Connection() {
  const { add, close } = Base.useToastManager<ToastData>();
  useEffect(
    () =>
      connectToasts(({ type, title, description, undo, reference, sum }) => {
        const id = add({
          title,
          type,
          timeout: type === "error" || sum ? 2 * VISIBLE_MS : VISIBLE_MS,
          priority: type === "error" ? "high" : "low",
          data: { reference, sum },
          ...(description ? { description } : {}),
          ...(undo
            ? {
                actionProps: {
                  children: undo.label,
                  onClick: () => {
                    close(id);
                    undo.run();
                  },
                },
              }
            : {}),
        });
      }),
    [add, close],
  );
  return null;
}

function Toasts() {
  const t = useTranslations("ui.toast");
  const { toasts } = Base.useToastManager<ToastData>();
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      swipeDirection={["left", "down"]}
      className="rounded-lg bg-raised text-ink shadow-popup transition-[opacity,translate] duration-200 data-starting-style:translate-y-3 data-starting-style:opacity-0 data-ending-style:opacity-0 data-limited:hidden"
    >
      <Base.Content className="flex items-start gap-2.5 p-3">
        {item.type === "error" ? (
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger-ink" />
        ) : (
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success-ink" />
        )}
        <div className="min-w-0 flex-1">
          <Base.Title className="text-sm font-medium" />
          <Base.Description className="text-sm break-words text-muted" />
          {item.data?.sum ? (
            <p className="mt-0.5 font-mono text-2xs break-all text-muted">{item.data.sum}</p>
          ) : null}
          {item.data?.reference ? (
            <p className="mt-0.5 font-mono text-2xs break-all text-muted">
              {t("reference", { id: item.data.reference })}
            </p>
          ) : null}
        </div>
        {item.actionProps ? (
          <Base.Action className={cn(buttonStyle({ variant: "secondary", size: "sm" }))} />
        ) : null}
        <Base.Close
          aria-label={t("dismiss")}
          className={cn(buttonStyle({ variant: "ghost", size: "icon-sm" }), "-my-0.5 -me-1")}
        >
          <X aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}

"use client";

import { ChevronDown, Table2 } from "lucide-react";
import { type ComponentProps, lazy } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Later } from "@/ui/later";
import type { SavedViews } from "./use-saved-views";

const ViewMenu = lazy(() => import("./view-menu").then((m) => ({ default: m.ViewMenu })));

interface ViewButtonProps {
  saved: SavedViews;
  /** Name of the list without a view, such as "All customers". */
  allLabel: string;
}

/** Which view is open, and the way to the others. */
export function ViewButton({ saved, allLabel }: ViewButtonProps) {
  const name = saved.current?.name ?? allLabel;
  const { isModified } = saved;
  return (
    <Later face={(press) => <Face name={name} isModified={isModified} {...press} />}>
      {(wasPressed) => (
        <ViewMenu
          trigger={<Face name={name} isModified={isModified} />}
          isOpenAtFirst={wasPressed}
          saved={saved}
          allLabel={allLabel}
        />
      )}
    </Later>
  );
}

function Face({
  name,
  isModified,
  ...rest
}: ComponentProps<typeof Button> & { name: string; isModified: boolean }) {
  const t = useTranslations("records.views");
  return (
    <Button variant="ghost" className="max-w-56 min-w-0 shrink px-2" {...rest}>
      <Table2 aria-hidden />
      <span className="truncate">{name}</span>
      {isModified ? (
        <span className="size-1.5 shrink-0 rounded-full bg-accent">
          <span className="sr-only">{t("modified")}</span>
        </span>
      ) : null}
      <ChevronDown aria-hidden className="size-3.5!" />
    </Button>
  );
}

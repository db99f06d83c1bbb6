"use client";

import { Check, Ellipsis, Lock, Users } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useTranslations } from "use-intl";
import { PinItem } from "@/features/favourites";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Menu, MenuItem } from "@/ui/menu";
import { Popover } from "@/ui/popover";
import { useShortcut } from "@/ui/shortcuts/shortcuts";
import { RenameDialog } from "./lazy";
import type { SavedView } from "./saved-views";
import type { SavedViews } from "./use-saved-views";

interface ViewMenuProps {
  trigger: ReactElement;
  isOpenAtFirst: boolean;
  saved: SavedViews;
  /** Name of the list without a view, such as "All customers". */
  allLabel: string;
}

/** The saved views: one's own, then those that everybody shares. */
export function ViewMenu({ trigger, isOpenAtFirst, saved, allLabel }: ViewMenuProps) {
  const t = useTranslations("records.views");
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const [renamed, setRenamed] = useState<SavedView | null>(null);
  const { views, current } = saved;
  useShortcut("v", () => setOpen(true), { label: t("menu"), group: t("shortcut") });
  const choose = (view: SavedView | null): void => {
    setOpen(false);
    saved.open(view);
  };
  const groups = [
    { label: t("mine"), views: views.filter((view) => view.visibility === "private") },
    { label: t("shared"), views: views.filter((view) => view.visibility === "shared") },
  ];
  return (
    <>
      <Popover
        label={t("menu")}
        className="w-72 p-1.5"
        open={isOpen}
        onOpenChange={setOpen}
        trigger={trigger}
      >
        <ViewItem name={allLabel} isCurrent={current === null} onChoose={() => choose(null)} />
        {groups.map((group) =>
          group.views.length > 0 ? (
            <section key={group.label} aria-label={group.label}>
              <h2 className="px-2 pt-2 pb-1 text-xs font-medium text-muted">{group.label}</h2>
              {group.views.map((view) => (
                <ViewItem
                  key={view.id}
                  name={view.name}
                  isCurrent={current?.id === view.id}
                  note={view.is_default ? t("isDefault") : undefined}
                  onChoose={() => choose(view)}
                >
                  <ViewActions
                    view={view}
                    saved={saved}
                    onRename={() => {
                      setOpen(false);
                      setRenamed(view);
                    }}
                  />
                </ViewItem>
              ))}
            </section>
          ) : null,
        )}
        {views.length === 0 ? <p className="px-2 py-1.5 text-muted">{t("none")}</p> : null}
      </Popover>
      {renamed ? (
        <RenameDialog
          view={renamed}
          onClose={() => setRenamed(null)}
          onRename={(name) => saved.rename(renamed, name)}
        />
      ) : null}
    </>
  );
}

function ViewItem(props: {
  name: string;
  isCurrent: boolean;
  note?: string | undefined;
  onChoose: () => void;
  children?: ReactElement | null;
}) {
  return (
    <div className="flex items-center rounded-md hover:bg-hover">
      <button
        type="button"
        aria-current={props.isCurrent || undefined}
        onClick={props.onChoose}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-start focus-visible:-outline-offset-2"
      >
        <Check
          aria-hidden
          className={cn("size-4 shrink-0 text-accent-ink", !props.isCurrent && "invisible")}
        />
        <span className="truncate">{props.name}</span>
        {props.note ? (
          <span className="ms-auto shrink-0 text-xs text-muted">{props.note}</span>
        ) : null}
      </button>
      {props.children}
    </div>
  );
}

function ViewActions(props: { view: SavedView; saved: SavedViews; onRename: () => void }) {
  const t = useTranslations("records.views");
  const { view, saved } = props;
  const isShared = view.visibility === "shared";
  const mayDefault = !isShared || saved.canAdminister;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t("manage", { name: view.name })}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      <PinItem id={view.id} />
      {saved.mayChange(view) ? (
        <>
          <MenuItem onClick={props.onRename}>{t("rename")}</MenuItem>
          {mayDefault ? (
            <MenuItem onClick={() => void saved.setDefault(view, !view.is_default)}>
              {t(view.is_default ? "noDefault" : "makeDefault")}
            </MenuItem>
          ) : null}
          {saved.isOwn(view) ? (
            <MenuItem
              icon={isShared ? <Lock aria-hidden /> : <Users aria-hidden />}
              onClick={() => void saved.share(view, isShared ? "private" : "shared")}
            >
              {t(isShared ? "unshare" : "share")}
            </MenuItem>
          ) : null}
          <MenuItem danger onClick={() => void saved.remove(view)}>
            {t("delete")}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}

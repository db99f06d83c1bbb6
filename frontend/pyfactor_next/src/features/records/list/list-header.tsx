"use client";

import { Ellipsis, Plus, Trash2 } from "lucide-react";
import { type ComponentProps, lazy, type ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Later } from "@/ui/later";
import { PageHeader } from "@/ui/page-header";
import type { ListWords } from "../resource";
import type { ListQuery } from "../source";

const ListMenu = lazy(() => import("./list-menu").then((m) => ({ default: m.ListMenu })));

interface ListHeaderProps {
  words: ListWords;
  path: string;
  count: number | undefined;
  isCountExact: boolean;
  isTrash: boolean;
  query: ListQuery;
  canImport: boolean;
  onTrash: (isTrash: boolean) => void;
  onCreate: () => void;
  menuItems: ReactNode;
  /** Beside the trash: how the records are laid out. */
  children: ReactNode;
}

/** Name, count, and what is done with the list as a whole. */
export function ListHeader(props: ListHeaderProps) {
  const t = useTranslations("records.list");
  const format = useFormatter();
  const { canWrite } = useSession();
  const { words, count, isCountExact, isTrash } = props;
  const total = count === undefined ? undefined : format.number(count);
  return (
    <PageHeader
      title={isTrash ? words.trashTitle : words.title}
      meta={
        total === undefined ? null : (
          <span aria-live="polite">
            {isCountExact ? total : t("moreThan", { count: total })}
            <span className="sr-only"> {words.count(count ?? 0)}</span>
          </span>
        )
      }
      actions={
        <>
          {props.children}
          <Button
            variant="ghost"
            aria-pressed={isTrash}
            className={cn(isTrash && "bg-selected text-accent-ink")}
            onClick={() => props.onTrash(!isTrash)}
          >
            <Trash2 aria-hidden />
            <span className="max-sm:sr-only">{t("trash")}</span>
          </Button>
          {canWrite ? (
            <>
              <Later face={(press) => <MoreButton {...press} />}>
                {(wasPressed) => (
                  <ListMenu
                    trigger={<MoreButton />}
                    isOpenAtFirst={wasPressed}
                    query={props.query}
                    path={props.path}
                    canImport={props.canImport}
                    items={props.menuItems}
                  />
                )}
              </Later>
              {isTrash ? null : (
                <Button variant="primary" onClick={props.onCreate}>
                  <Plus aria-hidden />
                  <span className="max-sm:sr-only">{words.create}</span>
                </Button>
              )}
            </>
          ) : null}
        </>
      }
    />
  );
}

function MoreButton(props: ComponentProps<typeof Button>) {
  const t = useTranslations("records.list");
  return (
    <Button variant="ghost" size="icon" aria-label={t("more")} {...props}>
      <Ellipsis aria-hidden />
    </Button>
  );
}

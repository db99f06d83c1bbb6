"use client";

import { Ellipsis, Plus, Trash2 } from "lucide-react";
import { type ComponentProps, lazy } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { Button } from "@/ui/button";
import { cn } from "@/ui/cn";
import { Later } from "@/ui/later";
import { PageHeader } from "@/ui/page-header";
import type { CustomersQuery } from "./filters";

const ListMenu = lazy(() => import("./list-menu").then((m) => ({ default: m.ListMenu })));

interface ListHeaderProps {
  count: number | undefined;
  isCountExact: boolean;
  isTrash: boolean;
  query: CustomersQuery;
  onTrash: (isTrash: boolean) => void;
  onCreate: () => void;
}

export function ListHeader(props: ListHeaderProps) {
  const t = useTranslations("customers");
  const format = useFormatter();
  const { canWrite } = useSession();
  const { count, isCountExact, isTrash } = props;
  const total = count === undefined ? undefined : format.number(count);
  return (
    <PageHeader
      title={isTrash ? t("trash.title") : t("title")}
      meta={
        total === undefined ? null : (
          <span aria-live="polite">
            {isCountExact ? total : t("moreThan", { count: total })}
            <span className="sr-only"> {t("countLabel", { count: count ?? 0 })}</span>
          </span>
        )
      }
      actions={
        <>
          <Button
            variant="ghost"
            aria-pressed={isTrash}
            className={cn(isTrash && "bg-selected text-accent-ink")}
            onClick={() => props.onTrash(!isTrash)}
          >
            <Trash2 aria-hidden />
            <span className="max-sm:sr-only">{t("trash.toggle")}</span>
          </Button>
          {canWrite ? (
            <>
              <Later face={(press) => <MoreButton {...press} />}>
                {(wasPressed) => (
                  <ListMenu
                    trigger={<MoreButton />}
                    isOpenAtFirst={wasPressed}
                    query={props.query}
                  />
                )}
              </Later>
              {isTrash ? null : (
                <Button variant="primary" onClick={props.onCreate}>
                  <Plus aria-hidden />
                  <span className="max-sm:sr-only">{t("new")}</span>
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
  const t = useTranslations("customers");
  return (
    <Button variant="ghost" size="icon" aria-label={t("more")} {...props}>
      <Ellipsis aria-hidden />
    </Button>
  );
}

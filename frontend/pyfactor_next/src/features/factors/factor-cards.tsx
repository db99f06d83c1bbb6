"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound, LifeBuoy, Smartphone } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, meQuery } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Skeleton } from "@/ui/skeleton";
import { toast } from "@/ui/toast";
import { AddTotpDialog } from "./add-totp-dialog";
import { PasskeyList } from "./passkey-list";
import { type Factors, factorsQuery } from "./queries";
import { RecoveryCodesDialog } from "./recovery-codes";
import { useFactorChange } from "./use-factor-change";

/** Everything one signs in with beyond the password, each in a card. */
export function FactorCards() {
  const { data, error, refetch } = useQuery(factorsQuery);
  const [codes, setCodes] = useState<string[]>([]);
  if (error) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return [1, 2, 3].map((row) => <Skeleton key={row} className="h-28 rounded-lg" />);
  }
  return (
    <>
      <TotpCard totp={data.totp} onCodes={setCodes} />
      <PasskeyList passkeys={data.passkeys} onCodes={setCodes} />
      <RecoveryCard codes={data.recovery_codes} onCodes={setCodes} />
      {codes.length > 0 ? <RecoveryCodesDialog codes={codes} onClose={() => setCodes([])} /> : null}
    </>
  );
}

interface RowProps {
  icon: ReactNode;
  title: ReactNode;
  detail: ReactNode;
  children: ReactNode;
}

/** One factor: what it is, since when, what can be done with it. */
export function FactorRow({ icon, title, detail, children }: RowProps) {
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2">
      <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-sunken text-muted [&_svg]:size-4">
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">{title}</p>
        <p className="text-xs text-muted">{detail}</p>
      </div>
      <div className="flex gap-2">{children}</div>
    </div>
  );
}

/** Since when it is there, and when it was used last. */
export function useSince(): (factor: {
  created_at: string;
  last_used_at: string | null;
}) => string {
  const t = useTranslations("settings.factors");
  const format = useFormatter();
  const day = (at: string): string => format.dateTime(new Date(at), { dateStyle: "medium" });
  return ({ created_at, last_used_at }) =>
    [
      t("since", { when: day(created_at) }),
      last_used_at ? t("lastUsed", { when: day(last_used_at) }) : t("neverUsed"),
    ].join(" · ");
}

function TotpCard({
  totp,
  onCodes,
}: {
  totp: Factors["totp"];
  onCodes: (codes: string[]) => void;
}) {
  const t = useTranslations("settings.factors");
  const queries = useQueryClient();
  const since = useSince();
  const [isAdding, setAdding] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useFactorChange(
    () => djangoApi.delete("/api/auth/factors/totp/"),
    t("totpRemoved"),
  );
  const added = async (codes: string[]): Promise<void> => {
    setAdding(false);
    toast.success(t("totpAdded"));
    onCodes(codes);
    await queries.invalidateQueries({ queryKey: factorsQuery.queryKey });
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  return (
    <Card title={t("totp")} description={t("totpDescription")}>
      <FactorRow
        icon={<Smartphone aria-hidden />}
        title={
          totp ? (
            <>
              {t("totpOn")} <Badge tone="success">{t("on")}</Badge>
            </>
          ) : (
            t("totpOff")
          )
        }
        detail={totp ? since(totp) : t("totpOffDetail")}
      >
        {totp ? (
          <Button size="sm" busy={remove.isPending} onClick={() => setRemoving(true)}>
            {t("totpRemove")}
          </Button>
        ) : (
          <Button size="sm" variant="primary" onClick={() => setAdding(true)}>
            {t("totpAdd")}
          </Button>
        )}
      </FactorRow>
      {isAdding ? (
        <AddTotpDialog onClose={() => setAdding(false)} onAdded={(codes) => void added(codes)} />
      ) : null}
      <AlertDialog
        open={isRemoving}
        onOpenChange={setRemoving}
        title={t("totpRemoveTitle")}
        description={t("removeDescription")}
        confirmLabel={t("totpRemove")}
        danger
        onConfirm={() => {
          setRemoving(false);
          remove.mutate();
        }}
      />
    </Card>
  );
}

function RecoveryCard({
  codes,
  onCodes,
}: {
  codes: Factors["recovery_codes"];
  onCodes: (codes: string[]) => void;
}) {
  const t = useTranslations("settings.factors");
  const [isAsking, setAsking] = useState(false);
  const renew = useFactorChange(
    () => djangoApi.post("/api/auth/factors/recovery-codes/", undefined),
    t("codesMade"),
    (answer) => onCodes(answer.recovery_codes),
  );
  return (
    <Card title={t("codes")} description={t("codesCardDescription")}>
      <FactorRow
        icon={<LifeBuoy aria-hidden />}
        title={
          codes ? t("codesLeft", { unused: codes.unused, total: codes.total }) : t("codesNone")
        }
        detail={t(codes ? "codesShownOnce" : "codesNoneDetail")}
      >
        {codes ? (
          <Button size="sm" busy={renew.isPending} onClick={() => setAsking(true)}>
            {t("codesRenew")}
          </Button>
        ) : null}
      </FactorRow>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("codesRenewTitle")}
        description={t("codesRenewDescription")}
        confirmLabel={t("codesRenew")}
        onConfirm={() => {
          setAsking(false);
          renew.mutate();
        }}
      />
    </Card>
  );
}

export const passkeyIcon = <KeyRound aria-hidden />;

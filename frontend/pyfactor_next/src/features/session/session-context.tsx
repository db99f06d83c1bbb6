"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { IntlProvider, useLocale } from "use-intl";
import { type Me, meQuery, type Role, type Tenant } from "./queries";

export interface Session {
  user: Me["user"];
  tenant: Tenant;
  membershipId: string;
  role: Role;
  /** First part of every query key and of every address in the app. */
  slug: string;
  /** Members and up; viewers read only. The API is the judge, this only hides what would fail. */
  canWrite: boolean;
  /** Owners and admins. */
  canAdminister: boolean;
  /** She came by the business's single sign-on: her account is not open to this session. */
  isConfined: boolean;
}

const Context = createContext<Me | null>(null);

/** Holds the session of a page inside a business; dates below it are in the business's time zone. */
export function SessionProvider({ initial, children }: { initial: Me; children: ReactNode }) {
  const { data } = useQuery({ ...meQuery, initialData: initial });
  const locale = useLocale();
  return (
    <Context value={data}>
      <IntlProvider locale={locale} timeZone={data.user.timezone || data.tenant?.timezone || "UTC"}>
        {children}
      </IntlProvider>
    </Context>
  );
}

/** The signed-in person and her business. Only below SessionProvider. */
export function useSession(): Session {
  const me = useContext(Context);
  if (!me?.tenant || !me.membership) throw new Error("useSession needs a page inside a business");
  const { role } = me.membership;
  return {
    user: me.user,
    tenant: me.tenant,
    membershipId: me.membership.id,
    role,
    slug: me.tenant.slug,
    canWrite: role !== "viewer",
    canAdminister: role === "owner" || role === "admin",
    isConfined: me.is_confined,
  };
}

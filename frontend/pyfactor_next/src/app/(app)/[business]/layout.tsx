import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { ExportReceipts } from "@/features/exports";
import { UndoHost } from "@/features/history";
import { Reminders } from "@/features/notifications";
import { LivePages } from "@/features/realtime";
import { SessionProvider } from "@/features/session";
import { findTenant, loadMe } from "@/features/session/server";
import { AppShell, ElsewherePage, ServerProblem } from "@/features/shell";
import { Section } from "@/i18n/section";

interface BusinessLayoutProps {
  params: Promise<{ business: string }>;
  children: ReactNode;
}

/** Lets through who is signed in to the business that the address names. */
export default async function BusinessLayout({ params, children }: BusinessLayoutProps) {
  const { business } = await params;
  const loaded = await loadMe();
  if ("problem" in loaded) return <ServerProblem {...loaded.problem} />;
  const { me } = loaded;
  if (!me.tenant?.onboarded_at) redirect("/onboarding");
  if (me.tenant.slug !== business) {
    const other = await findTenant(business);
    if (!other) notFound();
    const path = ((await headers()).get("x-path") ?? "").split("/").slice(2).join("/");
    return (
      <Section names={["shell"]}>
        <ElsewherePage name={other.name} slug={other.slug} path={path || "customers"} />
      </Section>
    );
  }
  if (me.lacks_single_sign_on) {
    const search = new URLSearchParams({ who: business, reason: "required", next: `/${business}` });
    redirect(`/sign-in/single-sign-on?${search}`);
  }
  if (me.lacks_second_factor) redirect("/second-factor");
  const isCollapsed = (await cookies()).get("nav")?.value === "collapsed";
  return (
    <SessionProvider initial={me}>
      <Section names={["shell", "history"]}>
        <AppShell isCollapsedAtFirst={isCollapsed}>{children}</AppShell>
        <LivePages />
        <ExportReceipts />
        <Reminders />
        <UndoHost />
      </Section>
    </SessionProvider>
  );
}

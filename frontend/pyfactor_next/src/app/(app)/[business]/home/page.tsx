import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { HomePage } from "@/features/home/home-page";
import { prefetchDashboard } from "@/features/home/server";
import { loadMe } from "@/features/session/server";
import { messages } from "@/i18n/messages";

export const metadata: Metadata = { title: messages.home.title };

export default async function Page() {
  const loaded = await loadMe();
  const tenant = "me" in loaded ? loaded.me.tenant : null;
  return (
    <HydrationBoundary state={tenant && (await prefetchDashboard(tenant.slug))}>
      <HomePage />
    </HydrationBoundary>
  );
}

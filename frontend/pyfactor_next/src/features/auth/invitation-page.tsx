"use client";

import { MailX } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi, isApiError, type ResponseBody } from "@/api";
import { Button } from "@/ui/button";
import { ErrorState } from "@/ui/error-state";
import { FormAlert } from "@/ui/field";
import { LinkButton } from "@/ui/link-button";
import { Skeleton } from "@/ui/skeleton";
import { AuthCard } from "./auth-card";
import {
  forgetInvitationToken,
  keepInvitationToken,
  takeInvitationToken,
} from "./invitation-token";
import { Notice } from "./notice";

type Offer = ResponseBody<"/api/auth/invitations/look/", "post">;

const PATH = "/invitation";
const quiet = { expectUnauthenticated: true };

type State =
  | { is: "loading" }
  | { is: "invalid" }
  | { is: "failed" }
  | { is: "offered"; offer: Offer; token: string };

/** Where the link of an invitation leads: what is offered, and the way to take it. */
export function InvitationPage() {
  const t = useTranslations("auth.invitation");
  const { state, load } = useOffer();
  if (state.is === "invalid") return <Invalid />;
  const offer = state.is === "offered" ? state.offer : undefined;
  return (
    <AuthCard
      title={offer ? t("offer", { business: offer.business }) : t("title")}
      description={offer ? t("by", { inviter: offer.invited_by }) : undefined}
    >
      {state.is === "offered" ? (
        <OfferBody offer={state.offer} token={state.token} />
      ) : state.is === "failed" ? (
        <ErrorState className="py-4" onRetry={load} />
      ) : (
        <div aria-busy className="flex flex-col gap-3">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-10" />
        </div>
      )}
    </AuthCard>
  );
}

function useOffer(): { state: State; load: () => void } {
  const [state, setState] = useState<State>({ is: "loading" });
  useEffect(() => {
    void lookAtOffer().then(setState);
  }, []);
  const load = (): void => {
    setState({ is: "loading" });
    void lookAtOffer().then(setState);
  };
  return { state, load };
}

async function lookAtOffer(): Promise<State> {
  const token = takeInvitationToken();
  if (!token) return { is: "invalid" };
  try {
    const offer = await djangoApi.post("/api/auth/invitations/look/", { token }, quiet);
    return { is: "offered", offer, token };
  } catch (error) {
    const isKnown = isApiError(error) && (error.status === 404 || error.status === 400);
    return { is: isKnown ? "invalid" : "failed" };
  }
}

function Invalid() {
  const t = useTranslations("auth.invitation");
  return (
    <AuthCard title={t("title")}>
      <div className="flex flex-col items-center gap-1 text-center">
        <MailX aria-hidden className="mb-2 size-6 text-muted" />
        <h2 className="font-semibold">{t("invalid")}</h2>
        <p className="text-sm text-balance text-muted">{t("invalidDescription")}</p>
        <LinkButton href="/" className="mt-4">
          {t("home")}
        </LinkButton>
      </div>
    </AuthCard>
  );
}

function OfferBody({ offer, token }: { offer: Offer; token: string }) {
  const t = useTranslations("auth.invitation");
  const roles = useTranslations("common.roles");
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted">{t("as")}</dt>
        <dd className="font-medium">{roles(offer.role)}</dd>
      </dl>
      <p className="text-sm break-words text-muted">{t("forAddress", { email: offer.email })}</p>
      {offer.is_for_me ? (
        <Join offer={offer} token={token} />
      ) : offer.signed_in_as ? (
        <OtherAddress offer={offer} token={token} />
      ) : (
        <WaysIn email={offer.email} />
      )}
    </div>
  );
}

function WaysIn({ email }: { email: string }) {
  const t = useTranslations("auth.invitation");
  const search = new URLSearchParams({ email, next: PATH });
  return (
    <div className="flex flex-col gap-2">
      <LinkButton variant="primary" size="lg" href={`/sign-up?${search}`}>
        {t("signUp")}
      </LinkButton>
      <LinkButton size="lg" href={`/sign-in?${search}`}>
        {t("signIn")}
      </LinkButton>
    </div>
  );
}

function Join({ offer, token }: { offer: Offer; token: string }) {
  const t = useTranslations("auth");
  const { run, isBusy, error } = useAction(async () => {
    const me = await djangoApi.post("/api/auth/invitations/accept/", { token });
    forgetInvitationToken();
    // A full load: the session goes on in another business.
    window.location.assign(`/${me.tenant?.slug ?? ""}`);
  });
  return (
    <>
      <FormAlert>
        {error ? (isApiError(error) ? error.message : t("unexpected")) : undefined}
      </FormAlert>
      <Button variant="primary" size="lg" busy={isBusy} onClick={run}>
        {t("invitation.join", { business: offer.business })}
      </Button>
    </>
  );
}

function OtherAddress({ offer, token }: { offer: Offer; token: string }) {
  const t = useTranslations("auth.invitation");
  const { run, isBusy, error } = useAction(async () => {
    try {
      await djangoApi.delete("/api/auth/browser/v1/auth/session", quiet);
    } catch (refusal) {
      // The answer to a sign-out says that nobody is signed in any more: that is the success.
      if (!isApiError(refusal) || refusal.kind !== "unauthenticated") throw refusal;
    }
    keepInvitationToken(token);
    window.location.reload();
  });
  return (
    <>
      <Notice>{t("otherAddress", { email: offer.email, me: offer.signed_in_as })}</Notice>
      <FormAlert>{error ? t("signOutFailed") : undefined}</FormAlert>
      <Button size="lg" busy={isBusy} onClick={run}>
        {t("signOut")}
      </Button>
    </>
  );
}

/** One action that leaves the page: busy from the click on, until it fails. */
function useAction(action: () => Promise<void>) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = (): void => {
    setBusy(true);
    setError(undefined);
    action().catch((problem: unknown) => {
      setError(problem);
      setBusy(false);
    });
  };
  return { run, isBusy, error };
}

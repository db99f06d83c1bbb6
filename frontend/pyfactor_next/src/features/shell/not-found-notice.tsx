import { messages } from "@/i18n/messages";
import { LinkButton } from "@/ui/link-button";

/** Not there or not yours: the two look the same on purpose. */
export function NotFoundNotice() {
  const text = messages.common.notFoundPage;
  return (
    <>
      <p className="text-sm font-medium text-muted">404</p>
      <h1 className="mt-2 text-xl font-semibold">{text.title}</h1>
      <p className="mt-1 max-w-sm text-sm text-muted">{text.description}</p>
      <LinkButton href="/" prefetch={false} variant="primary" className="mt-6">
        {text.home}
      </LinkButton>
    </>
  );
}

import { type NextRequest, NextResponse } from "next/server";
import { apiOrigin, isDevelopment, realtimeOrigin, sessionCookie } from "./env";

/** Everything Django answers. The same list is the reverse proxy's in production. */
const BACKEND = /^\/(api|health|ws)(\/|$)/;

/** Pages one can see without a session. */
const PUBLIC =
  /^\/(sign-in|sign-up|verify-email|forgotten-password|invitation|healthz|csp-reports)(\/|$)/;

/**
 * Every request passes here: the API goes on to Django, pages get a policy with a fresh nonce,
 * and a page that needs a session sends a visitor without one to sign in. Only the presence of
 * the cookie is looked at; whether it is any good is Django's to say.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = new URL(request.url);
  if (BACKEND.test(pathname)) {
    const origin = pathname.startsWith("/ws") ? realtimeOrigin() : apiOrigin();
    return NextResponse.rewrite(new URL(pathname + search, origin));
  }
  if (!PUBLIC.test(pathname) && !request.cookies.has(sessionCookie())) {
    const target = new URL("/sign-in", request.url);
    if (pathname !== "/") target.searchParams.set("next", pathname + search);
    // Same origin as request.url, so Next sends it as a path: the host stays the browser's own.
    return NextResponse.redirect(target, 307);
  }

  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-path", pathname + search);
  // Next reads the nonce for its own scripts out of this request header.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  // React's error overlay needs eval and inline styles, in development alone.
  const script = isDevelopment ? " 'unsafe-eval'" : "";
  const style = isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${script}`,
    `style-src 'self' ${style}`,
    // Positioned popups and virtual rows carry style attributes in server-made HTML.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // Every browser knows this one; report-to would be sent a minute later, and not by all.
    "report-uri /csp-reports",
  ].join("; ");
}

export const config = {
  // No address of a business has a dot in it.
  matcher: [
    "/((?!_next/|icon[^/]*\\.(?:png|svg)|manifest\\.webmanifest|favicon\\.ico|robots\\.txt).*)",
  ],
};

import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { localeOf } from "@/i18n/locale";
import { messages } from "@/i18n/messages";
import { THEME_COOKIE, themeClass } from "@/ui/theme-class";
import "./globals.css";
import { Providers } from "./providers";

const inter = localFont({
  src: "./fonts/inter-latin.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "swap",
});

// Letters of Central Europe, Turkish and Vietnamese: fetched only by pages that show one.
const interExtended = localFont({
  src: "./fonts/inter-latin-ext.woff2",
  variable: "--font-inter-ext",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
});

export const metadata: Metadata = {
  title: { default: messages.common.product, template: `%s · ${messages.common.product}` },
  description: messages.common.tagline,
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#131519" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const theme = themeClass(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang="en" className={`${inter.variable} ${interExtended.variable} ${theme}`}>
      <body>
        <Providers
          nonce={incoming.get("x-nonce") ?? undefined}
          locale={localeOf(incoming.get("accept-language"))}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}

import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { directionOf } from "@/i18n/languages";
import { sectionTexts, textsOf } from "@/i18n/load";
import { requestLocale } from "@/i18n/request";
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

export async function generateMetadata(): Promise<Metadata> {
  const { language } = await requestLocale();
  const { product, tagline } = await sectionTexts(language, "common");
  return {
    title: { default: product, template: `%s · ${product}` },
    description: tagline,
    robots: { index: false, follow: false },
  };
}

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
  const [jar, incoming, locale] = await Promise.all([cookies(), headers(), requestLocale()]);
  const theme = themeClass(jar.get(THEME_COOKIE)?.value);
  return (
    <html
      lang={locale.language}
      dir={directionOf(locale.language)}
      className={`${inter.variable} ${interExtended.variable} ${theme}`}
    >
      <body>
        <Providers
          nonce={incoming.get("x-nonce") ?? undefined}
          locale={locale}
          texts={await textsOf(locale.language, ["auth", "common", "ui"])}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}

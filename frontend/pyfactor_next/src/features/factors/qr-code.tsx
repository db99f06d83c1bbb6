"use client";

import encodeQR from "qr";

/** Modules of white around the pattern, which a camera needs. */
const QUIET = 4;

/** A QR code as one path, dark on white in every theme: cameras read it no other way. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="size-44 rounded-lg bg-white text-black ring-1 ring-line"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}

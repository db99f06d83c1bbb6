import { notFound } from "next/navigation";

/** Whatever no other page of a business answers to; without this, Next would leave the shell. */
export default function Page() {
  notFound();
}

import { redirect } from "next/navigation";

/** A business opens on its customers. */
export default async function BusinessPage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  redirect(`/${business}/customers`);
}

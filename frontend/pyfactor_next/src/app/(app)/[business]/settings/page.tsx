import { redirect } from "next/navigation";

export default async function Page({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  redirect(`/${business}/settings/profile`);
}

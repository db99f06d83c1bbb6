// The client, and a transaction in the business of the request's session.
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";

const adapter = new PrismaPg({ max: 8 });
export const prisma = new PrismaClient({ adapter });

export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

export async function asMember(sid, work) {
  const session = await prisma.session.findFirst({ where: { sid: sid ?? "", expires_at: { gt: new Date() } } });
  const user = session && (await prisma.user.findUnique({ where: { id: session.user_id } }));
  if (!user?.is_active) throw new Refused(401);
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('peer.tenant', ${session.business_id}, true)`;
    const member = await tx.membership.findFirst({ where: { user_id: user.id, status: "active" } });
    if (!member) throw new Refused(403);
    return work(tx, member);
  }, { maxWait: 10_000 });
}

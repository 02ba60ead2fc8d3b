import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { forgetState } from "@/test/support/process-state";
import { getApp } from "../apps/apps";
import { freezeClock, now } from "../clock";
import { db, transaction } from "../database/client";
import { findLastMail, listMails, mailRow } from "./mail";
import { deliverDue } from "./outbox";

/** A mail server of a few lines: what it was given, and how it answers. */
const inbox = { mails: [] as string[], refuses: false, dead: false, port: 0 };
let server: Server;

function startServer(): Promise<void> {
  server = createServer((socket) => {
    if (inbox.dead) return socket.destroy();
    let data: string | null = null;
    socket.setEncoding("utf8");
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", (chunk: string) => {
      if (data !== null) {
        data += chunk;
        if (!data.endsWith("\r\n.\r\n")) return;
        inbox.mails.push(data);
        data = null;
        return socket.write("250 taken\r\n");
      }
      if (/^DATA/i.test(chunk)) {
        data = "";
        return socket.write("354 go on\r\n");
      }
      if (/^QUIT/i.test(chunk)) return socket.end("221 bye\r\n");
      if (inbox.refuses && /^MAIL/i.test(chunk)) return socket.write("451 not now\r\n");
      socket.write("250 ok\r\n");
    });
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      inbox.port = (server.address() as { port: number }).port;
      resolve();
    }),
  );
}

let app: TestApp;
beforeAll(async () => {
  await startServer();
  app = await someApp('Blog "of" <Bob>\r\nBcc: evil@example.com');
});
afterAll(() => server.close());

function useTransport(on: boolean): void {
  process.env.SMTP_URL = on ? `smtp://127.0.0.1:${inbox.port}` : "";
  process.env.MAIL_FROM = on ? "Foyer <no-reply@auth.example.com>" : "";
  forgetState("env");
  forgetState("mail-transport");
}

beforeEach(async () => {
  await db().mail.deleteMany({});
  inbox.mails = [];
  inbox.refuses = false;
  inbox.dead = false;
  useTransport(true);
});

const LINK = "https://auth.example.com/verify?token=secret-of-the-link";

async function queue(email = "bob@example.com"): Promise<string> {
  const to = { email, canonical: email };
  const row = mailRow(await getApp(app.id), {
    template: "magic_link",
    to,
    data: { link: LINK, code: "123456", minutes: 15 },
  });
  await transaction((tx) => tx.mail.create({ data: row }));
  return row.id;
}

describe("the outbox", () => {
  it("sends a mail once, from the App's name, and forgets what it said", async () => {
    const id = await queue();
    expect(await deliverDue()).toBe(1);
    expect(await deliverDue()).toBe(0);
    expect(inbox.mails).toHaveLength(1);
    const [mail = ""] = inbox.mails;
    expect(mail).toMatch(/^To: bob@example\.com\r$/m);
    expect(mail).toMatch(/^From: .*<no-reply@auth\.example\.com>\r$/m);
    expect(mail).toContain(`Message-ID: <${id}@auth.example.com>`);
    // A name is a name, whatever is in it.
    expect(mail.split("\r\n\r\n")[0]).not.toMatch(/^Bcc:/m);
    const row = await db().mail.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ dataSealed: null, nextAttemptAt: null, attempts: 1 });
    expect(row.sentAt).not.toBeNull();
  });

  it("sends each of many once, however many processes look at once", async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => queue(`user${index}@example.com`)));
    await Promise.all(Array.from({ length: 4 }, () => deliverDue()));
    expect(inbox.mails).toHaveLength(12);
    expect(new Set(inbox.mails.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1])).size).toBe(12);
  });

  it("loses nothing while the provider is down: later and later, then sent once", async () => {
    const id = await queue();
    inbox.refuses = true;
    await deliverDue();
    const first = await db().mail.findFirstOrThrow({ where: { id } });
    expect(first).toMatchObject({ sentAt: null, failedAt: null, attempts: 1 });
    expect(first.lastError).toContain("451");
    expect(await deliverDue()).toBe(0);
    freezeClock(new Date(now().getTime() + 20_000));
    await deliverDue();
    const second = await db().mail.findFirstOrThrow({ where: { id } });
    expect((second.nextAttemptAt?.getTime() ?? 0) - now().getTime()).toBe(60_000);
    inbox.refuses = false;
    freezeClock(new Date(now().getTime() + 3600_000));
    await deliverDue();
    expect(inbox.mails).toHaveLength(1);
  });

  it("gives up after a day, and keeps no link", async () => {
    const id = await queue();
    inbox.refuses = true;
    freezeClock(new Date(now().getTime() + 25 * 3600_000));
    await deliverDue();
    const row = await db().mail.findFirstOrThrow({ where: { id } });
    expect(row).toMatchObject({ nextAttemptAt: null, dataSealed: null });
    expect(row.failedAt).not.toBeNull();
  });

  it("takes up what a process that died had in hand", async () => {
    const id = await queue();
    await db().mail.updateMany({ where: { id }, data: { nextAttemptAt: new Date(now().getTime() + 120_000) } });
    expect(await deliverDue()).toBe(0);
    freezeClock(new Date(now().getTime() + 121_000));
    expect(await deliverDue()).toBe(1);
    expect(inbox.mails).toHaveLength(1);
  });

  it("holds no link in the clear", async () => {
    await queue();
    expect(JSON.stringify(await db().mail.findMany({}))).not.toContain("secret-of-the-link");
  });
});

describe("a provider that is down for an hour, while mails go on being written", () => {
  const MAILS = 20;
  const start = now().getTime();
  /** As two processes do, again and again. */
  async function lookUntil(minute: number, from: number, each: (second: number) => Promise<unknown> = async () => {}) {
    for (let second = from * 60; second < minute * 60; second += 30) {
      freezeClock(new Date(start + second * 1000));
      await each(second);
      await Promise.all([deliverDue(), deliverDue()]);
    }
  }

  it("loses none, sends none twice, asks it rarely, and keeps nothing in memory", async () => {
    let connections = 0;
    const count = () => connections++;
    server.on("connection", count);
    const before = process.memoryUsage().heapUsed;
    await lookUntil(60, 0, async (second) => {
      // Now it drops the connection, now it answers that it cannot.
      inbox.dead = second % 60 === 0;
      inbox.refuses = true;
      if (second % 180 === 0) await queue(`user${second}@example.com`);
    });
    expect(inbox.mails).toEqual([]);
    expect(await db().mail.count({ where: { sentAt: null, failedAt: null, dataSealed: { not: null } } })).toBe(MAILS);
    // Five or six times in the first hour of each, not at every look.
    expect(connections).toBeLessThan(MAILS * 6);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20);

    inbox.dead = inbox.refuses = false;
    await lookUntil(125, 60);
    server.off("connection", count);
    const recipients = inbox.mails.map((mail) => /^To: (.*)\r$/m.exec(mail)?.[1]);
    expect(recipients).toHaveLength(MAILS);
    expect(new Set(recipients).size).toBe(MAILS);
    expect(await db().mail.count({ where: { sentAt: null } })).toBe(0);
  }, 60_000);
});

describe("the development mailbox", () => {
  it("keeps what nobody can send, and shows it", async () => {
    useTransport(false);
    await queue("kept@example.com");
    expect(await deliverDue()).toBe(0);
    const mail = await findLastMail("kept@example.com");
    expect(mail).toMatchObject({ appId: app.id, status: "kept", content: { links: [LINK], code: "123456" } });
    expect(mail?.content?.text).toContain(LINK);
    expect((await listMails(app.id, { limit: 10 })).data).toHaveLength(1);
    expect((await listMails((await someApp()).id, { limit: 10 })).data).toEqual([]);
  });
});

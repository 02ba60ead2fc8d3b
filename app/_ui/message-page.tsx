// Full page with one message and one action.
import { Message, type MessageProps } from "./message";
import { SiteHeader } from "./site-header";

export function MessagePage(props: MessageProps) {
  return (
    <div className="flex min-h-svh flex-col">
      <SiteHeader />
      <main className="mx-auto flex w-full max-w-7xl flex-1 items-center px-6 pb-24 lg:px-10">
        <Message {...props} />
      </main>
    </div>
  );
}

// 404 message within the dashboard, also for what belongs to an app of other developers.
import { ButtonLink } from "@/app/_ui/button";
import { Message } from "@/app/_ui/message";

type NotFoundMessageProps = { title: string; description: string; link: { href: string; label: string } };

export function NotFoundMessage({ title, description, link }: NotFoundMessageProps) {
  const action = (
    <ButtonLink href={link.href} prefetch={false}>
      {link.label}
    </ButtonLink>
  );
  return (
    <div className="py-10">
      <Message eyebrow="404" title={title} action={action}>
        <p>{description}</p>
      </Message>
    </div>
  );
}

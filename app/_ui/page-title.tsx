// The title of a page of the dashboard. One as long as a paragraph is set like one, so that what follows stays in sight.
const LONG = 60;

export function PageTitle({ children }: { children: string }) {
  const size = children.length > LONG ? "text-lg" : "text-2xl";
  return (
    <h1 dir="auto" className={`min-w-0 text-left font-medium break-words ${size}`}>
      {children}
    </h1>
  );
}

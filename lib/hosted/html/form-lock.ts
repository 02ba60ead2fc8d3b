/**
 * Script of the hosted pages: a form that was submitted can't be submitted again while its response
 * is on the way. Without JavaScript, the server recognizes the repetition (repeated-form.ts).
 */

/** A form is free again after this time, for example after a download, which leaves its page open. */
const UNLOCK_MS = 10_000;

/** `pageshow`: the browser's back button can bring a page back as it was left. */
export const FORM_LOCK = `{const set=(form,on)=>{form.toggleAttribute("data-sent",on);form.setAttribute("aria-busy",on);
for(const button of form.querySelectorAll("button"))button.setAttribute("aria-disabled",on)};
document.addEventListener("submit",(event)=>{const form=event.target;if(form.method!=="post"||event.defaultPrevented)return;
if(form.hasAttribute("data-sent"))return event.preventDefault();set(form,true);setTimeout(set,${UNLOCK_MS},form,false)});
addEventListener("pageshow",()=>document.querySelectorAll("form[data-sent]").forEach((form)=>set(form,false)))}`;

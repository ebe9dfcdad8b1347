import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;
type ChildNode = DefaultTreeAdapterTypes.ChildNode;

export interface ReadMessage {
  /** Time and author, as shown. */
  heading: string;
  text: string;
  attachments: { shown: string; url?: string }[];
}

/** A conversation as a reader of its timeline entries finds it. */
export interface ReadConversation {
  /** The first line of each part. */
  headers: string[];
  summary?: string;
  messages: ReadMessage[];
  /** The reference of each part. */
  references: string[];
}

/**
 * Reads the bodies of one conversation's entries, given in order, back into what was said. Follows the tree that an HTML
 * parser makes of each body, never its spelling, so bodies may have been sanitised and written anew by the CRM.
 */
export function readConversation(bodies: readonly string[]): ReadConversation {
  const read: ReadConversation = { headers: [], messages: [], references: [] };
  for (const body of bodies) readPart(body, read);
  return read;
}

/** The texts of all messages, one after the other with a line end between: what was said, nothing lost, nothing twice. */
export function readTranscript(bodies: readonly string[]): string {
  return readConversation(bodies)
    .messages.map(({ text }) => text)
    .join('\n');
}

function readPart(body: string, read: ReadConversation): void {
  const [header, ...rest] = paragraphsOf(parseFragment(body).childNodes);
  if (header) read.headers.push(textOf(header.childNodes));
  let append: ((text: string) => void) | undefined;
  for (const paragraph of rest) {
    const first = paragraph.childNodes[0];
    if (isElement(first, 'strong', 'b')) {
      append = openingOf(paragraph, textOf(first.childNodes), read);
    } else if (isElement(first, 'em', 'i')) {
      readLabelled(paragraph, textOf(first.childNodes), read);
    } else if (append) {
      append(withOwnBlanks(textOf(paragraph.childNodes)));
    } else {
      throw new Error(`A paragraph that belongs to nothing: ${textOf(paragraph.childNodes).slice(0, 80)}`);
    }
  }
}

function openingOf(paragraph: Element, heading: string, read: ReadConversation): (text: string) => void {
  const continues = paragraph.childNodes.some((node) => isElement(node, 'em', 'i'));
  if (heading === 'Summary') {
    read.summary = continues ? read.summary : '';
    return (text) => (read.summary += text);
  }
  if (!continues) read.messages.push({ heading, text: '', attachments: [] });
  const message = read.messages.at(-1);
  if (message?.heading !== heading) throw new Error(`Continues a message that isn't the last one: ${heading}`);
  return (text) => (message.text += text);
}

function readLabelled(paragraph: Element, label: string, read: ReadConversation): void {
  const rest = paragraph.childNodes.slice(1);
  const shown = textOf(rest).trim();
  if (label === 'Threadline reference:') read.references.push(shown);
  if (label !== 'Attachment:') return;
  const link = rest.find((node) => isElement(node, 'a'));
  const url = isElement(link, 'a') ? link.attrs.find(({ name }) => name === 'href')?.value : undefined;
  read.messages.at(-1)?.attachments.push(url === undefined ? { shown } : { shown, url });
}

function* paragraphsOf(nodes: readonly ChildNode[]): Generator<Element> {
  for (const node of nodes) {
    if (isElement(node, 'p')) yield node;
    else yield* paragraphsOf(childrenOf(node));
  }
}

function textOf(nodes: readonly ChildNode[]): string {
  let text = '';
  for (const node of nodes) {
    if (isElement(node, 'br')) text += '\n';
    else if (node.nodeName === '#text' && 'value' in node) text += node.value;
    else text += textOf(childrenOf(node));
  }
  return text;
}

function childrenOf(node: ChildNode): readonly ChildNode[] {
  return 'tagName' in node ? node.childNodes : [];
}

function isElement(node: ChildNode | undefined, ...names: string[]): node is Element {
  return node !== undefined && 'tagName' in node && names.includes(node.tagName);
}

/**
 * No-break spaces that stand for plain ones (to keep runs and edges of blanks visible) become plain again. One between
 * two words is the author's own and stays; beside blanks or edges the two can't be told apart.
 */
function withOwnBlanks(piece: string): string {
  return piece
    .replaceAll(/\u00A0{3}\t/g, '\t')
    .replaceAll(/\u00A0+ ?/g, (run) => (run.endsWith(' ') ? ' '.repeat(run.length) : run))
    .replaceAll(/(?<=\n)\u00A0(?!\u00A0)/g, ' ')
    .replace(/^\u00A0+/, (run) => ' '.repeat(run.length))
    .replace(/(?<!\u00A0)\u00A0+$/, (run) => ' '.repeat(run.length));
}

import { describe, expect, it } from '@jest/globals';
import { readConversation } from '../../testing/index.js';
import type { ClosedConversation, Message } from '../conversations/conversation.js';
import { recogniseReference } from '../reference/recognise-reference.js';
import { MAX_BODY_UNITS, renderEntries, type RenderOptions } from './render-entries.js';

const KEY = Buffer.alloc(32, 1);
const TRANSCRIPT: RenderOptions = { mode: 'transcript', referenceKey: KEY };

function message(text: string, more: Partial<Message> = {}): Message {
  return { id: 'm1', author: 'customer', text, sentAt: new Date('2026-11-21T10:01:30Z'), attachments: [], ...more };
}

function conversation(more: Partial<ClosedConversation> = {}): ClosedConversation {
  return {
    id: 'conv_1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    agent: { name: 'Ana Silva', email: 'ana@example.com' },
    startedAt: new Date('2026-11-21T10:00:00Z'),
    closedAt: new Date('2026-11-21T10:42:10Z'),
    messages: [message('Hello')],
    ...more,
  };
}

function bodyOf(more: Partial<ClosedConversation>, options = TRANSCRIPT): string {
  const entries = renderEntries(conversation(more), options);
  expect(entries).toHaveLength(1);
  return entries[0]?.body ?? '';
}

const linked = (text: string) =>
  [...bodyOf({ messages: [message(text)] }).matchAll(/<a href="(.*?)">/g)].map(([, address]) => address);

describe('renderEntries', () => {
  it('writes one note: header line, message with time and author, reference line', () => {
    const [entry, ...others] = renderEntries(conversation(), TRANSCRIPT);
    expect(others).toEqual([]);
    expect(entry).toEqual({
      type: 'note',
      part: 1,
      parts: 1,
      reference: entry?.reference,
      body:
        '<p><strong>Chat</strong> · agent Ana Silva · 2026-11-21 10:00 – 10:42 UTC · 1 message</p>' +
        '<p><strong>10:01 Customer</strong></p>' +
        '<p dir="auto">Hello</p>' +
        `<p><em>Threadline reference:</em> ${entry?.reference}</p>`,
    });
    expect(recogniseReference(entry?.body ?? '', 'conv_1', KEY)).toEqual({ part: 1, parts: 1 });
  });

  it('names the days when a conversation runs past midnight UTC', () => {
    const body = bodyOf({
      closedAt: new Date('2026-11-22T00:10:00Z'),
      messages: [message('late', { sentAt: new Date('2026-11-22T00:05:00Z'), name: 'Bo', author: 'agent' })],
    });
    expect(body).toContain('2026-11-21 10:00 – 2026-11-22 00:10 UTC');
    expect(body).toContain('<strong>2026-11-22 00:05 Bo (agent)</strong>');
  });

  it('escapes everything that people wrote, wherever it stands', () => {
    const evil = `<img src=x onerror="a('&amp;')">`;
    const body = bodyOf({
      agent: { name: evil },
      subject: evil,
      messages: [message(evil, { name: evil, attachments: [{ name: evil, url: `https://a.example/?q="${evil}` }] })],
    });
    expect(body).not.toContain('<img');
    expect(body).not.toContain('onerror="');
    const [read] = readConversation([body]).messages;
    expect(read?.text).toBe(evil);
    expect(read?.heading).toBe(`10:01 ${evil} (customer)`);
    expect(read?.attachments[0]?.shown).toBe(evil);
  });

  it('links http and https addresses, without the punctuation around them, and nothing else', () => {
    expect(linked('see https://a.example/x?a=1&b=2.')).toEqual(['https://a.example/x?a=1&amp;b=2']);
    expect(linked('(https://en.example/wiki/A_(b)), then HTTP://B.example!')).toEqual([
      'https://en.example/wiki/A_(b)',
      'HTTP://B.example',
    ]);
    expect(linked('„https://ü.example/straße“, «https://a.example/…»')).toEqual([
      'https://ü.example/straße',
      'https://a.example/',
    ]);
    expect(
      linked('javascript:alert(1) data:text/html,x ftp://a.example //a.example http:// https:/// xhttps://a.example'),
    ).toEqual([]);
    expect(linked(`https://a.example/${'x'.repeat(2_100)}`)).toEqual([]);
    expect(linked('https://a.example/\u202Egpj.exe')).toEqual(['https://a.example/']);
  });

  it('names attachments, links web addresses, shows others as text, leaves inline files out', () => {
    const attachments = [
      { name: 'invoice.pdf', url: 'https://files.example/1?a=1&b=2' },
      { name: 'notes.txt' },
      { name: 'script', url: 'javascript:alert(1)' },
      { name: 'photo', url: `data:image/png;base64,${'A'.repeat(100_000)}` },
    ];
    expect(readConversation([bodyOf({ messages: [message('', { attachments })] })]).messages[0]?.attachments).toEqual([
      { shown: 'invoice.pdf', url: 'https://files.example/1?a=1&b=2' },
      { shown: 'notes.txt' },
      { shown: 'script (javascript:alert(1))' },
      { shown: 'photo' },
    ]);
  });

  it('keeps lines, indentation and runs of blanks visible', () => {
    const body = bodyOf({ messages: [message('a\r\n  b   c\n\td\n e')] });
    expect(body).toContain('<p dir="auto">a<br>\u00A0 b\u00A0\u00A0 c<br>\u00A0\u00A0\u00A0\td<br>\u00A0e</p>');
  });

  it('replaces what no CRM can carry, keeps emoji and right-to-left text', () => {
    const body = bodyOf({ messages: [message('a\0b\uD83Dc\u001B 👩‍👩‍👧‍👦 שלום مرحبا')] });
    expect(readConversation([body]).messages[0]?.text).toBe('a\uFFFDb\uFFFDc\uFFFD 👩‍👩‍👧‍👦 שלום مرحبا');
  });

  it('keeps a name from turning its line around or filling the page', () => {
    const name = `\u202E)tnega( anA\u2066\n${'x'.repeat(500)}`;
    const [read] = readConversation([bodyOf({ messages: [message('hi', { name })] })]).messages;
    expect(read?.heading).toMatch(/^10:01 \)tnega\( anA x{107}… \(customer\)$/);
  });

  it('writes an entry for a conversation without messages', () => {
    const body = bodyOf({ messages: [], agent: undefined });
    expect(body).toContain('agent unknown · 2026-11-21 10:00 – 10:42 UTC · 0 messages');
    expect(body).toContain('No messages.');
  });

  it.each([
    ['summary', ['S'], []],
    ['transcript', [undefined], ['Hello']],
    ['summary_transcript', ['S'], ['Hello']],
  ] as const)('mode %s writes what it says', (mode, [summary], texts) => {
    const read = readConversation([bodyOf({}, { ...TRANSCRIPT, mode, summary: 'S' })]);
    expect(read.summary).toBe(summary);
    expect(read.messages.map(({ text }) => text)).toEqual(texts);
  });

  it("falls back to the caller's own summary, and divides one that is too long", () => {
    expect(readConversation([bodyOf({ summary: 'own' }, { ...TRANSCRIPT, mode: 'summary' })]).summary).toBe('own');
    const summary = 'A long sentence of a summary. '.repeat(5_000).trim();
    const entries = renderEntries(conversation(), { ...TRANSCRIPT, mode: 'summary', summary });
    expect(entries).toHaveLength(3);
    expect(readConversation(entries.map(({ body }) => body)).summary).toBe(summary);
  });

  it('writes a call with its details for voice', () => {
    const [entry] = renderEntries(
      conversation({
        channel: 'voice',
        direction: 'outbound',
        voice: {
          durationMs: 61_000,
          fromNumber: '+14155550100',
          toNumber: '+4915123456789',
          callStatus: 'NO_ANSWER',
          recordingUrl: 'https://rec.example/1.mp3',
        },
      }),
      TRANSCRIPT,
    );
    expect(entry?.type).toBe('call');
    expect(entry?.call).toEqual({
      title: 'Outbound call',
      direction: 'outbound',
      durationMs: 61_000,
      fromNumber: '+14155550100',
      toNumber: '+4915123456789',
      status: 'NO_ANSWER',
      recordingUrl: 'https://rec.example/1.mp3',
    });
    expect(entry?.body).not.toContain('rec.example');
  });

  it.each([
    ['http://rec.example/1.mp3', '<a href="http://rec.example/1.mp3">http://rec.example/1.mp3</a>'],
    ['s3://bucket/<1>', 's3://bucket/&lt;1&gt;'],
  ])("puts a recording that isn't https in the body: %s", (recordingUrl, shown) => {
    const voice = { callStatus: 'COMPLETED' as const, recordingUrl };
    const [entry] = renderEntries(conversation({ channel: 'voice', voice, subject: 'Refund' }), TRANSCRIPT);
    expect(entry?.call).toEqual({ title: 'Refund', direction: 'inbound', status: 'COMPLETED' });
    expect(entry?.body).toContain(`<p><em>Recording:</em> ${shown}</p>`);
  });

  it('continues a call in notes, each part titled and referenced', () => {
    const messages = Array.from({ length: 200 }, (_, index) => message(`${index} ${'word '.repeat(200)}`));
    const entries = renderEntries(conversation({ channel: 'voice', messages }), TRANSCRIPT);
    expect(entries.map(({ type }) => type)).toEqual(['call', 'note', 'note', 'note']);
    expect(entries.map(({ call }) => call !== undefined)).toEqual([true, false, false, false]);
    expect(new Set(entries.map(({ reference }) => reference)).size).toBe(4);
    for (const { part, parts, body, reference } of entries) {
      expect(parts).toBe(4);
      expect(body).toContain(`Voice call, part ${part} of 4`);
      expect(body).toContain(reference);
      expect(body.length).toBeLessThanOrEqual(MAX_BODY_UNITS);
      expect(body).not.toContain('continued');
    }
  });

  it('renders the same again to the byte, with every field at its worst', () => {
    const most = '"'.repeat(5_000);
    const worst = conversation({
      subject: most,
      agent: { name: most },
      messages: [message('"'.repeat(200_000), { name: most, attachments: [{ name: most, url: most }] })],
    });
    const entries = renderEntries(worst, TRANSCRIPT);
    expect(entries).toEqual(renderEntries(structuredClone(worst), TRANSCRIPT));
    for (const { body } of entries) expect(body.length).toBeLessThanOrEqual(MAX_BODY_UNITS);
    expect(readConversation(entries.map(({ body }) => body)).messages[0]?.text).toHaveLength(200_000);
  });
});

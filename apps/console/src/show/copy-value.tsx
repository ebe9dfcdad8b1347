import { Button, Code, CopyButton, Group } from '@mantine/core';

/** Something to be pasted elsewhere. */
export function CopyValue({ value, label }: { value: string; label: string }) {
  return (
    <Group gap="sm" align="center">
      <Code block style={{ flex: '1 1 16rem', whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>
        {value}
      </Code>
      <CopyButton value={value} timeout={2_000}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} aria-label={copied ? `${label} copied` : `Copy ${label}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

import { Anchor, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

interface HubSpotLinkProps {
  url: string;
  /** Read out in place of the arrow. */
  label?: string;
  children?: ReactNode;
}

/** ↗: opens a record of HubSpot in a new tab. */
export function HubSpotLink({ url, label = 'opens in HubSpot', children }: HubSpotLinkProps) {
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" size="sm" onClick={(event) => event.stopPropagation()}>
      {children}
      {children !== undefined && '\u00a0'}
      <span aria-hidden="true">↗</span>
      <VisuallyHidden> {label}</VisuallyHidden>
    </Anchor>
  );
}

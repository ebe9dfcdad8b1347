import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { LiveEvents } from '../live/live-events.js';
import { useSession } from '../session/use-session.js';
import { AccountMenu } from './account-menu.js';
import classes from './frame.module.css';
import { Mark } from './mark.js';
import { NAVIGATION } from './navigation.js';

/** Header, navigation and the page: around everything behind the sign-in. */
export function Frame() {
  const session = useSession();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const main = useRef<HTMLElement>(null);
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        // Not at the first page, where a screen reader begins at the top anyway.
        if (fromLocation === undefined || !pathChanged) return;
        close();
        // It goes on where the new page begins; unless that has a place to go on already, such as where one writes.
        const active = document.activeElement;
        const isPlace = main.current?.contains(active) === true && active?.checkVisibility() === true;
        if (!isPlace) main.current?.focus({ preventScroll: true });
      }),
    [router, close],
  );

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={0}
      classNames={{ header: classes.header, navbar: classes.navbar, main: classes.main }}
    >
      <a className={classes.skip} href="#page">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
              aria-expanded={isOpen}
            />
            <Link to="/" className={classes.brand} aria-label="Threadline, to the start">
              <Mark size={28} />
              <span>Threadline</span>
            </Link>
            <Text c="dimmed" size="sm" truncate visibleFrom="xs">
              {session.tenant.name}
            </Text>
          </Group>
          <AccountMenu session={session} />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label="Pages">
        {NAVIGATION.map(({ title, places }) => (
          <Section
            key={places[0]?.to}
            title={title}
            places={places.filter(({ only }) => !only || only === session.role)}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="page" ref={main} tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <LiveEvents />
    </AppShell>
  );
}

type SectionProps = (typeof NAVIGATION)[number];

function Section({ title, places }: SectionProps) {
  if (places.length === 0) return null;
  return (
    <div className={classes.section}>
      {title !== undefined && <div className={classes.sectionTitle}>{title}</div>}
      {places.map(({ to, label }) => (
        <Link key={to} to={to} className={classes.place} activeProps={{ 'aria-current': 'page' }}>
          {label}
        </Link>
      ))}
    </div>
  );
}

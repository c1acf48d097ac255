/** A crash text that tries what a stranger might. */

/** Markup, links that would run commands, icons, and a path outside of every root. */
export const HOSTILE = `panic: <img src=x onerror="document.title='owned'"> [click](command:workbench.action.terminal.new) $(flame) <script>document.title="owned"</script>

goroutine 1 [running]:
main.<b>serve</b>(...)
	/etc/../etc/hostname.go:1
main.main()
	/tmp/[x](command:golm.showExample)/main.go:6 +0x1d
exit status 2
`;

// Command compose-check loads Compose files as the reference parser does, without a container engine.
// Usage: compose-check [--env-file FILE] COMPOSE.yml. It prints the resolved project, or INVALID and the reason.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func load(args []string) (string, error) {
	settings := []cli.ProjectOptionsFn{cli.WithName("comptoir")}
	if len(args) > 2 && args[0] == "--env-file" {
		settings = append(settings, cli.WithEnvFiles(args[1]), cli.WithDotEnv)
		args = args[2:]
	}
	settings = append(settings, cli.WithProfiles([]string{"*"}))
	options, err := cli.NewProjectOptions(args, settings...)
	if err != nil {
		return "", err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return "", err
	}
	text, err := project.MarshalJSON()
	return string(text), err
}

func main() {
	text, err := load(os.Args[1:])
	if err != nil {
		fmt.Println("INVALID", err)
		os.Exit(1)
	}
	fmt.Println(text)
}

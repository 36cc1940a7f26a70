/* main.c - the command: finds the subcommand and hands over. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct cn_command *const commands[] = {&cn_cmd_inspect, &cn_cmd_check, &cn_cmd_rules};

static void usage(FILE *out)
{
    fputs("condis runs Windows CoNDIS WAN drivers in a Linux process and says what is wrong with "
          "them.\n\n"
          "usage: condis COMMAND [OPTION]... [ARGUMENT]...\n\n",
          out);
    for (size_t i = 0; i < CN_ARRAY_SIZE(commands); i++)
        fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    fputs(
        "\n'condis COMMAND --help' and condis-COMMAND(1) tell more; 'condis --version' says which "
        "condis this is.\n"
        "Exit status: 0 clean, 1 a rule was broken, 2 condis could not do its job, 3 the driver "
        "crashed or hung.\n",
        out);
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    if (name == NULL) {
        usage(stderr);
        return CN_EXIT_FAILED;
    }
    if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0) {
        usage(stdout);
        return cn_cli_close(stdout, NULL) ? CN_EXIT_CLEAN : CN_EXIT_FAILED;
    }
    if (strcmp(name, "--version") == 0) {
        printf("condis %s\n", CN_VERSION);
        return cn_cli_close(stdout, NULL) ? CN_EXIT_CLEAN : CN_EXIT_FAILED;
    }
    for (size_t i = 0; i < CN_ARRAY_SIZE(commands); i++)
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i]->run(argc - 1, argv + 1);
    return cn_cli_fail(NULL, "'%s' is no command: see 'condis --help'", name);
}

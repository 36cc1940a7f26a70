/* inspect_elf.c - what a native .so says about itself, read with libelf from its bytes. */
#include <elf.h>
#include <errno.h>
#include <gelf.h>

#include "cli/inspect.h"
#include "load/fail.h"

static bool is_runtime_symbol(const char *name)
{
    /* What every shared object refers to weakly for the C start-up code. */
    return strncmp(name, "_ITM_", 5) == 0 || strcmp(name, "__gmon_start__") == 0 ||
           strcmp(name, "__cxa_finalize") == 0;
}

/* What a native driver has of the C library is the runtime's symbol for it: see include/nt/ntcrt.h.
 */
static const char *windows_name(const char *symbol)
{
    static const char prefix[] = "cn_nt_";
    size_t length = sizeof(prefix) - 1;
    return strncmp(symbol, prefix, length) == 0 ? symbol + length : symbol;
}

/* Strong undefined symbols are imports, defined global ones exports. */
static void put_dynamic(json_t *model, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = header->sh_entsize != 0 ? header->sh_size / header->sh_entsize : 0;
    for (size_t i = 1; data != NULL && i < count; i++) {
        GElf_Sym sym;
        const char *name = NULL;
        if (gelf_getsym(data, (int)i, &sym) != NULL)
            name = elf_strptr(elf, header->sh_link, sym.st_name);
        if (name == NULL || name[0] == '\0' || is_runtime_symbol(name) ||
            GELF_ST_BIND(sym.st_info) == STB_LOCAL)
            continue;
        if (sym.st_shndx == SHN_UNDEF)
            cn_inspect_import(model, "", windows_name(name), -1);
        else
            json_array_append_new(json_object_get(model, "exports"), json_string(name));
    }
}

static void put_section(json_t *model, const GElf_Shdr *header, const char *name)
{
    char access[] = {header->sh_flags & SHF_ALLOC ? 'r' : '-',
                     header->sh_flags & SHF_WRITE ? 'w' : '-',
                     header->sh_flags & SHF_EXECINSTR ? 'x' : '-', '\0'};
    json_array_append_new(
        json_object_get(model, "sections"),
        json_pack("{s:s, s:s, s:I, s:I, s:s, s:b}", "name", name, "rva",
                  cn_fmt("0x%llx", (unsigned long long)header->sh_addr), "size",
                  (json_int_t)header->sh_size, "file_size",
                  (json_int_t)(header->sh_type == SHT_NOBITS ? 0 : header->sh_size), "access",
                  access, "loaded", (header->sh_flags & SHF_ALLOC) != 0));
}

static void put_sections(json_t *model, Elf *elf)
{
    size_t names = 0, symbols = 0;
    bool dwarf = false;
    elf_getshdrstrndx(elf, &names);
    for (Elf_Scn *s = elf_nextscn(elf, NULL); s != NULL; s = elf_nextscn(elf, s)) {
        GElf_Shdr header;
        if (gelf_getshdr(s, &header) == NULL)
            continue;
        const char *name = elf_strptr(elf, names, header.sh_name);
        put_section(model, &header, name != NULL ? name : "?");
        dwarf |= name != NULL && strcmp(name, ".debug_info") == 0;
        if (header.sh_type == SHT_SYMTAB && header.sh_entsize != 0)
            symbols = header.sh_size / header.sh_entsize;
        if (header.sh_type == SHT_DYNSYM)
            put_dynamic(model, elf, s, &header);
    }
    json_object_set_new(model, "symbols", json_integer((json_int_t)symbols));
    json_object_set_new(model, "debug_info", dwarf ? json_string("DWARF") : json_null());
}

static int check_header(Elf *elf, struct cn_image_error *err)
{
    GElf_Ehdr header;
    if (elf == NULL || elf_kind(elf) != ELF_K_ELF || gelf_getehdr(elf, &header) == NULL)
        return cn_load_fail(err, -ENOEXEC, "the ELF headers are damaged: build the file again");
    if (header.e_machine != EM_X86_64 || header.e_ident[EI_CLASS] != ELFCLASS64)
        return cn_load_fail(err, -ENOEXEC,
                            "is an ELF file for another processor (machine %u): build "
                            "it for x86-64",
                            header.e_machine);
    if (header.e_type != ET_DYN)
        return cn_load_fail(err, -ENOEXEC, "is no ELF shared object: link the driver with -shared");
    size_t segments = 0;
    elf_getphdrnum(elf, &segments);
    for (size_t i = 0; i < segments; i++) {
        GElf_Phdr segment;
        if (gelf_getphdr(elf, (int)i, &segment) != NULL && segment.p_type == PT_INTERP)
            return cn_load_fail(err, -ENOEXEC,
                                "is a program and no shared object: link the driver with -shared");
    }
    return 0;
}

int cn_inspect_elf(const char *path, const uint8_t *bytes, size_t size, json_t **out,
                   struct cn_image_error *err)
{
    elf_version(EV_CURRENT);
    /* libelf only reads it: no member of the class it is opened for writes. */
    Elf *elf = elf_memory((char *)(uintptr_t)bytes, size);
    int error = check_header(elf, err);
    if (error == 0) {
        *out = cn_inspect_new(path, "ELF64");
        json_object_set_new(*out, "machine", json_string("x86-64"));
        put_sections(*out, elf);
        cn_inspect_finish(*out);
        bool entry = false;
        size_t i;
        json_t *name;
        json_array_foreach(json_object_get(*out, "exports"), i, name) entry |=
            strcmp(json_string_value(name), "DriverEntry") == 0;
        if (!entry)
            json_array_append_new(json_object_get(*out, "notes"),
                                  json_string("exports no DriverEntry, so it cannot be loaded as a "
                                              "driver: give the function default visibility"));
    }
    if (elf != NULL)
        elf_end(elf);
    return error;
}

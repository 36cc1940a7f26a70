/* inf_test.c - INF files: what they put into the registry, and how bad ones are refused. */
#include "nt_kit.h"

#include "nt/inf.h"
#include "nt/registry.h"

#include <errno.h>
#include <unistd.h>

static char error[512], path[64];

static void write_file(const void *bytes, size_t size)
{
    snprintf(path, sizeof(path), "/tmp/cn_inf_XXXXXX");
    int fd = mkstemp(path);
    CN_OK(fd >= 0);
    CN_EQ(write(fd, bytes, size), (long)size);
    close(fd);
}

static int load_bytes(const void *bytes, size_t size)
{
    error[0] = '\0';
    write_file(bytes, size);
    int rc = cn_inf_load(path, "Adapter", "Service", error, sizeof(error));
    unlink(path);
    return rc;
}

static int load(const char *text)
{
    return load_bytes(text, strlen(text));
}

#define HEAD                                                                                       \
    "[Version]\nSignature = \"$Windows NT$\"\n[Manufacturer]\n%Mfg% = Models,NTamd64\n"            \
    "[Models.NTamd64]\n%Desc% = Wan.ndi, ROOT\\WAN\n[Strings]\nMfg=\"House\"\nDesc=\"WAN\"\n"

static const char *text_of(const char *key, const char *name)
{
    static char buf[4][256];
    static unsigned next;
    const struct cn_reg_value *v = cn_reg_get(key, name);
    if (v == NULL || (v->type != REG_SZ && v->type != REG_EXPAND_SZ))
        return NULL;
    char *out = buf[next++ % 4];
    cn_utf16_to_utf8(v->data, v->size / 2 - 1, out, 256);
    return out;
}

static long dword_of(const char *key, const char *name)
{
    const struct cn_reg_value *v = cn_reg_get(key, name);
    uint32_t n;
    if (v == NULL || v->type != REG_DWORD)
        return -1;
    memcpy(&n, v->data, 4);
    return n;
}

TEST(values_of_every_type_are_stored)
{
    static const uint8_t multi[] = {'a', 0, 0, 0, 'b', 0, 0, 0, 0, 0};
    cn_reg_reset();
    CN_EQ(load(HEAD "[Wan.ndi]\nAddReg = A, B\n"
                    "[A]\nHKR,,Plain,,text ; a comment\nHKR,,Number,0x00010001,0x10\n"
                    "HKR,,Negative,0x00010001,-1\nHKR,,Bytes,1,01,0a,FF\n"
                    "HKR, Sub\\Key, Quoted, 0, \" a, b;\"\"c\"\" \"\n"
                    "[B]\nHKR,,Multi,0x10000,a,b\nHKR,,Expand,0x20000,%Desc%\n"
                    "HKLM,Software\\X,Global,,1\nHKR,,Quad,0x000B0001,0x123456789\n"
                    "HKR,,FourBytes,0x10001,1,2,0,0\nHKCU,Ignored,V,,1\nHKR,OnlyKey\n"),
          0);
    CN_STREQ(error, "");
    CN_STREQ(text_of("Adapter", "plain"), "text");
    CN_EQ(dword_of("Adapter", "Number"), 16);
    CN_EQ(dword_of("Adapter", "Negative"), 0xFFFFFFFF);
    CN_EQ(dword_of("Adapter", "FourBytes"), 0x201);
    CN_STREQ(text_of("Adapter\\Sub\\Key", "Quoted"), " a, b;\"c\" ");
    CN_STREQ(text_of("Adapter", "Expand"), "WAN");
    CN_STREQ(text_of("Software\\X", "Global"), "1");
    const struct cn_reg_value *v = cn_reg_get("Adapter", "Bytes");
    CN_OK(v->type == REG_BINARY && v->size == 3 && memcmp(v->data, "\x01\x0a\xff", 3) == 0);
    v = cn_reg_get("Adapter", "Multi");
    CN_OK(v->type == REG_MULTI_SZ && v->size == sizeof(multi));
    CN_EQ(memcmp(v->data, multi, sizeof(multi)), 0);
    CN_EQ(cn_reg_get("Adapter", "Quad")->size, 8);
    CN_OK(cn_key_open(NULL, "Adapter\\OnlyKey", false, NULL) != NULL);
    CN_OK(cn_reg_get("Ignored", "V") == NULL);
}

TEST(keywords_get_their_default_unless_they_have_a_value)
{
    cn_reg_reset();
    CN_EQ(load(HEAD "[Wan.ndi]\nAddReg = A\n[A]\nHKR, Ndi\\params\\Lines, default, 0, \"4\"\n"
                    "HKR, Ndi\\params\\Lines, type, 0, int\nHKR, Ndi\\Params\\Mtu, default,, 1500\n"
                    "HKR,,Mtu,,1400\nHKR,Ndi\\params\\NoDefault,type,0,int\n"),
          0);
    CN_STREQ(text_of("Adapter", "Lines"), "4");
    CN_STREQ(text_of("Adapter", "Mtu"), "1400");
    CN_OK(cn_reg_get("Adapter", "NoDefault") == NULL);
}

TEST(a_service_gets_its_own_values)
{
    cn_reg_reset();
    CN_EQ(load(HEAD "[Wan.ndi.NT]\nAddReg = A\n[A]\nHKR,,X,,1\n[Wan.ndi.NT.Services]\n"
                    "AddService = wan, 2, Svc, Log\n[Svc]\nServiceType = 1\nStartType=3\n"
                    "ErrorControl = 1\nServiceBinary = %12%\\wan.sys\nDisplayName = %Desc%\n"
                    "AddReg = P\n[P]\nHKR,Parameters,Trace,0x10001,7\n"),
          0);
    CN_EQ(dword_of("Service", "Type"), 1);
    CN_EQ(dword_of("Service", "Start"), 3);
    CN_STREQ(text_of("Service", "ImagePath"), "%12%\\wan.sys");
    CN_STREQ(text_of("Service", "DisplayName"), "WAN");
    CN_EQ(dword_of("Service\\Parameters", "Trace"), 7);
    CN_STREQ(text_of("Adapter", "X"), "1");
}

TEST(flags_keep_delete_append_and_make_keys)
{
    cn_reg_reset();
    CN_EQ(load(HEAD "[Wan.ndi]\nAddReg = A\n[A]\nHKR,,V,,1\nHKR,,V,2,2\nHKR,,Gone,,1\n"
                    "HKR,,Gone,4\nHKR,,M,0x10000,a\nHKR,,M,0x10008,b\nHKR,K,Name,0x10,x\n"),
          0);
    CN_STREQ(text_of("Adapter", "V"), "1");
    CN_OK(cn_reg_get("Adapter", "Gone") == NULL);
    CN_EQ(cn_reg_get("Adapter", "M")->size, 10);
    CN_OK(cn_reg_get("Adapter\\K", "Name") == NULL);
}

TEST(continued_lines_and_decorated_sections_are_read)
{
    cn_reg_reset();
    CN_EQ(
        load("[version]\r\nsignature=$CHICAGO$\r\n[manufacturer]\r\n%m%=Mod,NTx86,NTamd64.10.0\r\n"
             "[Mod.NTx86]\r\nx = Bad\r\n[Mod.NTamd64.10.0]\r\nx = Inst\r\n[Strings]\r\nm=M\r\n"
             "[Inst.NTamd64]\r\nAddReg = \\\r\n  A\r\n[Inst]\r\nAddReg = Missing\r\n"
             "[A]\r\nHKR,,\\ ; comment\r\n  V,,yes\r\n[A]\r\nHKR,,W,,too\r\n"),
        0);
    CN_STREQ(text_of("Adapter", "V"), "yes");
    CN_STREQ(text_of("Adapter", "W"), "too");
}

TEST(utf_16_and_a_byte_order_mark_are_read)
{
    static const char text[] = HEAD "[Wan.ndi]\nAddReg = A\n[A]\nHKR,,Name,,\xC3\xA9t\xC3\xA9\n";
    uint16_t wide[2048];
    char marked[2048] = "\xEF\xBB\xBF";
    wide[0] = 0xFEFF;
    size_t n = cn_utf8_to_utf16(text, wide + 1, 2000);
    cn_reg_reset();
    CN_EQ(load_bytes(wide, 2 * n + 2), 0);
    CN_STREQ(text_of("Adapter", "Name"), "\xC3\xA9t\xC3\xA9");
    cn_reg_reset();
    snprintf(marked + 3, sizeof(marked) - 3, "%s", text);
    CN_EQ(load(marked), 0);
    CN_STREQ(text_of("Adapter", "Name"), "\xC3\xA9t\xC3\xA9");
    for (size_t i = 0; i <= n; i++)
        wide[i] = (uint16_t)(wide[i] >> 8 | wide[i] << 8);
    cn_reg_reset();
    CN_EQ(load_bytes(wide, 2 * n + 2), 0);
    CN_STREQ(text_of("Adapter", "Name"), "\xC3\xA9t\xC3\xA9");
}

TEST(each_mistake_is_told_with_file_line_and_remedy)
{
    static const struct {
        const char *text, *line, *what;
    } bad[] = {
        {"", ": ", "no [Version]"},
        {"x = 1\n", ":1:", "before the first [section]"},
        {"[Version\n", ":1:", "no ']'"},
        {"[Version]\nA=1\n", ":1:", "no Signature"},
        {"[Version]\nSignature=x\n", ":2:", "'x' is no signature"},
        {"[Version]\nSignature=$Chicago$\n", ": ", "no [Manufacturer]"},
        {"[Version]\nSignature=$Chicago$\n[Manufacturer]\na=b\n", ":3:", "no manufacturer has"},
        {HEAD, ":6:", "[Wan.ndi] does not exist"},
        {HEAD "[Wan.ndi]\nAddReg=No\n", ":11:", "AddReg names [No]"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKX,,V,,1\n", ":13:", "'HKX' is no root key"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKR,,V,zz,1\n", ":13:", "'zz' is no flags value"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKR,,V,0x10001,9x\n", ":13:", "'9x' is no number"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKR,,V,0x10001,0x100000000\n", ":13:", "does not fit"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKR,,V,1,100\n", ":13:", "'100' is no byte"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKR,,V,,\"open\n", ":13:", "quote is not closed"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nHKR,,V,,%Nope%\n", ":13:", "%Nope% is not in [Strings]"},
        {HEAD "[Wan.ndi]\nAddReg=A\n[A]\nV = 1\n", ":13:", "in a section of AddReg"},
        {HEAD "[Wan.ndi]\n[Wan.ndi.Services]\nAddService=a,2,No\n",
         ":12:", "AddService names [No]"},
        {HEAD "[Wan.ndi]\n[Wan.ndi.Services]\nAddService=a,2,S\n[S]\nStartType=x\n",
         ":14:", "'x' is no number"},
    };
    for (size_t i = 0; i < CN_ARRAY_SIZE(bad); i++) {
        cn_reg_reset();
        CN_EQ(load(bad[i].text), -EINVAL);
        CN_HAS(error, path);
        CN_HAS(error, bad[i].line);
        CN_HAS(error, bad[i].what);
        CN_OK(strchr(strstr(error, bad[i].what), ':') != NULL);
    }
}

TEST(a_file_that_cannot_be_read_is_told)
{
    CN_EQ(cn_inf_load("/nonexistent/x.inf", "A", "S", error, sizeof(error)), -ENOENT);
    CN_HAS(error, "/nonexistent/x.inf: cannot be read");
    CN_EQ(cn_inf_load("/tmp", "A", "S", error, sizeof(error)), -EINVAL);
    CN_HAS(error, "not a regular file");
    CN_EQ(load_bytes("[Version]\n\0x", 12), -EINVAL);
    CN_HAS(error, "NUL");
}

TEST(hostile_files_end_with_a_result)
{
    static char big[200000];
    static const char pieces[][8] = {"[", "]", "=", ",", "\"", "%", "\\\n", ";", "\n", "HKR", "A"};
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        size_t n = (size_t)snprintf(big, sizeof(big), "%s",
                                    round % 2 ? HEAD "[Wan.ndi]\nAddReg=A\n[A]\n" : "");
        for (int i = 0; i < 400; i++) {
            seed = seed * 1103515245u + 12345u;
            n += (size_t)snprintf(big + n, sizeof(big) - n, "%s",
                                  pieces[(seed >> 16) % CN_ARRAY_SIZE(pieces)]);
        }
        cn_reg_reset();
        load_bytes(big, n);
    }
    for (size_t i = 0; i < sizeof(big); i++)
        big[i] = (char)(i * 7919 % 255 + 1);
    load_bytes(big, sizeof(big));
    memset(big, ',', sizeof(big));
    memcpy(big, "[A]\n", 4);
    CN_EQ(load_bytes(big, sizeof(big)), -EINVAL);
    CN_HAS(error, "more than 64 fields");
    memset(big + 4, 'x', sizeof(big) - 4);
    CN_EQ(load_bytes(big, sizeof(big)), -EINVAL);
    CN_HAS(error, "a field has more than 4095 bytes");
    CN_EQ(load("[Strings]\na=\"%a%\"\n[Version]\nSignature=%a%%a%\n"), -EINVAL);
}

int main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    cn_reg_reset();
    return status;
}

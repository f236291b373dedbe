/* Preloaded into a program, hides from it what this processor can do beyond one of 2013 (AVX-512, AMX), or, with OLDER_PROCESSOR=2008, beyond
   one of 2008 (AVX, FMA, AVX2 too). CPUID is made to fault (arch_prctl(2), ARCH_SET_CPUID), and the fault answers with the bits taken out.
   A processor that cannot fault on CPUID ends the program with 77. */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static int year = 2013;

static long allow_cpuid(unsigned long allowed) { return syscall(SYS_arch_prctl, ARCH_SET_CPUID, allowed); }

static void answer_cpuid(int signal_number, siginfo_t *info, void *context) {
    (void)info;
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *instruction = (const unsigned char *)registers[REG_RIP];
    if (instruction[0] != 0x0f || instruction[1] != 0xa2) {
        signal(signal_number, SIG_DFL); /* a true fault: it comes again and ends the program */
        return;
    }
    unsigned leaf = registers[REG_RAX], part = registers[REG_RCX];
    unsigned eax = leaf, ebx, ecx = part, edx;
    allow_cpuid(1);
    __asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    allow_cpuid(0);
    if (leaf == 7 && part == 0) {
        ebx &= ~0xdc230000u; /* AVX-512: F DQ IFMA PF ER CD BW VL */
        ecx &= ~0x00005f42u; /* VBMI VBMI2 GFNI VAES VPCLMULQDQ VNNI BITALG VPOPCNTDQ */
        edx &= ~0x03c0010cu; /* 4VNNIW 4FMAPS VP2INTERSECT, AMX, FP16 */
    } else if (leaf == 7) {
        eax = ebx = ecx = edx = 0; /* AVX-VNNI, BF16 and what came after them */
    }
    if (year == 2008 && leaf == 7) ebx &= ~0x00000128u; /* BMI1 AVX2 BMI2 */
    if (year == 2008 && leaf == 1) ecx &= ~0x30001000u; /* FMA AVX F16C */
    registers[REG_RAX] = eax, registers[REG_RBX] = ebx, registers[REG_RCX] = ecx, registers[REG_RDX] = edx;
    registers[REG_RIP] += 2;
}

__attribute__((constructor)) static void hide(void) {
    const char *asked = getenv("OLDER_PROCESSOR");
    if (asked) year = atoi(asked);
    struct sigaction action = {.sa_sigaction = answer_cpuid, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    sigaction(SIGSEGV, &action, NULL);
    if (allow_cpuid(0) != 0) _exit(77);
}

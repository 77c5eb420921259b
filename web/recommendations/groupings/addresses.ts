export const groupingsTo = '/khuyen-nghi/nhom-tu-dat'
